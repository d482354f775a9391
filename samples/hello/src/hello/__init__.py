"""The sample service of Wheelhouse."""
