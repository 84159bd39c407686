"""The wing of forms: a flow is data, the loop is pure."""
