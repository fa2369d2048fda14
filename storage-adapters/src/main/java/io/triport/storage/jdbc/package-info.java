/**
 * Micronaut Data on connections that are not its own: its repositories run on that of the unit of writes which calls them, so that a
 * row commits with the change that it is about. Start reading at {@link io.triport.storage.jdbc.BoundConnection}.
 */
@NullMarked
package io.triport.storage.jdbc;

import org.jspecify.annotations.NullMarked;
