class Config(dict):
    def flag(self, name):
        return self.get(name, False)


c = Config()
c["debug"] = True
print(c.flag("debug"), c.flag("other"), len(c), "debug" in c, isinstance(c, dict))
