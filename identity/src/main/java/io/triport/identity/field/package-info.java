/**
 * Structured values of HTTP fields (RFC 8941), for mechanisms whose credentials are written in them. Start reading at {@link
 * io.triport.identity.field.FieldParser}.
 */
@NullMarked
package io.triport.identity.field;

import org.jspecify.annotations.NullMarked;
