package io.triport.domain.sql;

import java.time.Instant;

/** A database that there is. @param created to the millisecond */
public record Database(DatabaseId id, DatabaseName name, Instant created) {}
