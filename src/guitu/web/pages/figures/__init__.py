"""The figures desk 数字核对."""
