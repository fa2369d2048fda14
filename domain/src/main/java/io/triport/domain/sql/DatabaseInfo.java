package io.triport.domain.sql;

import io.triport.domain.request.ByteSize;

/** What is known of a database beside its data. @param tables of its users, 0 or more @param size of the file */
public record DatabaseInfo(Database database, int tables, ByteSize size) {}
