"""placeholder"""
def emit_types(*a): return ""
