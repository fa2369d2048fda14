/**
 * The REST API by which administrators change what is stored: buckets, credentials, roles, and which sessions do not count any more.
 * It speaks on the management port. Start reading at {@link io.triport.objects.admin.AdminApi}.
 */
@NullMarked
package io.triport.objects.admin;

import org.jspecify.annotations.NullMarked;
