"""The commands of ``graphsvc``, one module for each thing that a person does."""
