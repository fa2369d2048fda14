/**
 * Reads what is configured of buckets and keys, in a file of ours or in the published form of {@code PROXY_CONFIG}. Start reading at
 * {@link io.triport.objects.config.ProviderReader}.
 */
@NullMarked
package io.triport.objects.config;

import org.jspecify.annotations.NullMarked;
