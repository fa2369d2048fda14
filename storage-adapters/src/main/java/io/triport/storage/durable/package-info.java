/**
 * Durable objects on whatever keeps their state: one event at a time for each object, answers that wait for the commit, calls
 * that come back refused. Start reading at {@link io.triport.storage.durable.Turns}; what a technology brings is a {@link
 * io.triport.storage.durable.StateStore}.
 */
@NullMarked
package io.triport.storage.durable;

import org.jspecify.annotations.NullMarked;
