#!/bin/sh
# Stands in for mpirun: prints the words of its command as if they came from rank 1.
if [ "$1" = --version ]; then
  echo "$MPIRUN_VERSION"
  exit
fi
for word; do
  echo "[1,1]<stdout>:<$word>"
done
