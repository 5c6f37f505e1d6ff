"""Leave to read a file: stated in an emergency, asked for and given for a minor's."""
