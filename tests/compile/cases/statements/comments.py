# A comment on top.
x = 1  # behind

# One paragraph.
#
# Another.
if x:
    # inside
    y = 2
    # at the end

print(x, y)
