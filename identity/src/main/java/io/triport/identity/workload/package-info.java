/**
 * Who we are towards a cloud: a token of our own is exchanged for the cloud's short-lived credential, so that no long-lived one
 * has to be kept. Start reading at {@link io.triport.identity.workload.ExchangedCredentials}.
 */
@NullMarked
package io.triport.identity.workload;

import org.jspecify.annotations.NullMarked;
