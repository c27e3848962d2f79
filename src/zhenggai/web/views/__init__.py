"""The pages. A view loads through a query, binds a form, calls an action and answers."""
