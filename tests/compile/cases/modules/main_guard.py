def main():
    return "main"


if __name__ == "__main__":
    print("only as a program")
print(main())
