/**
 * The typed tables on engines that speak SQL: repositories of Micronaut Data, and statements that are put together where a question
 * has many forms, in one text for SQLite and PostgreSQL. All of it runs on the connection of the unit of writes that calls it, so that
 * a row commits with the change that it is about. Start reading at {@link io.triport.storage.jdbc.JdbcTables}.
 */
@NullMarked
package io.triport.storage.jdbc;

import org.jspecify.annotations.NullMarked;
