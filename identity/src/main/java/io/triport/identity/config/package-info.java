/**
 * Configuration as one tree of text with its origin, read into records. Start reading at {@link
 * io.triport.identity.config.Section}: it gives typed values, lets the environment and flags override the file, resolves
 * references to secrets, and in the end refuses what nobody asked for. The reference page and the configuration dump are made
 * from the same reads.
 */
@NullMarked
package io.triport.identity.config;

import org.jspecify.annotations.NullMarked;
