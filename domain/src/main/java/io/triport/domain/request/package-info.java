/**
 * The Request port: what set the program going, before anything about it is trusted. Start reading at {@link
 * io.triport.domain.request.Inbound}. Values here keep the bytes that the client sent, because signatures cover bytes and
 * not meanings. The {@link io.triport.domain.request.RateLimiter} belongs here too: refusals must be limited before an
 * identity is known.
 */
@NullMarked
package io.triport.domain.request;

import org.jspecify.annotations.NullMarked;
