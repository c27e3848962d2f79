"""事项页: one problem with everything about it, and the form of every act that concerns it."""
