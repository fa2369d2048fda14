/**
 * Requests signed with Amazon's Signature Version 4, in their headers, in their query or in the fields of a form, and bodies whose
 * pieces are signed one by one. Start reading at {@link io.triport.identity.sigv4.SigV4Mechanism}; what a signature covers is in
 * {@link io.triport.identity.sigv4.CanonicalRequest}, what becomes of a body in {@link io.triport.identity.sigv4.body.VouchedContent}.
 */
@NullMarked
package io.triport.identity.sigv4;

import org.jspecify.annotations.NullMarked;
