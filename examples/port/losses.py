"""Prints the losses that the model has in Python, as JSON."""

import json

from classifier import train

print(json.dumps(train(steps=40)))
