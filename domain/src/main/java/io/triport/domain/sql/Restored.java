package io.triport.domain.sql;

/** That a database is as it was before. @param bookmark of the state that it has now @param undo what takes the restoring back */
public record Restored(Bookmark bookmark, Bookmark undo) {}
