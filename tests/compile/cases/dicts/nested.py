config = {"model": {"dims": [1, 2]}, "name": "m"}
config["model"]["heads"] = 4
config["model"]["dims"][0] += 10
print(config, config["model"].get("none", {}).get("deep"))
