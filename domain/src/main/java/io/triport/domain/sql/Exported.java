package io.triport.domain.sql;

import io.triport.domain.request.Content;

/** What a database was at one time. @param state of which this is @param content statements in UTF-8; whoever receives it owns it */
public record Exported(Bookmark state, Content content) {}
