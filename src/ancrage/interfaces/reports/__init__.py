"""What people read: pages, documents, sheets."""
