/**
 * Settings that are kept in a store and changed while nodes run, such as buckets, keys and roles. Start reading at {@link
 * io.triport.identity.directory.Directory}. What is stored has secrets in it, so it lies there as credentials do: sealed.
 */
@NullMarked
package io.triport.identity.directory;

import org.jspecify.annotations.NullMarked;
