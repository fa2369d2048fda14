/**
 * Long-lived keys of callers, and the roles for which short ones are given out. Where they are configured is the provider's
 * matter: a file, or a database. Start reading at {@link io.triport.domain.access.AccessKeys}.
 */
@NullMarked
package io.triport.domain.access;

import org.jspecify.annotations.NullMarked;
