"""页面: what people see. Views load through queries, call actions, and answer."""
