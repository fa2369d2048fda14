/**
 * The object proxy: one S3 endpoint in front of many buckets and backends, for signed requests. Start reading at {@code
 * ObjectProxyConfig} for what it is told, and at {@link io.triport.objects.serve.S3App} for what it does.
 */
@NullMarked
package io.triport.objects;

import org.jspecify.annotations.NullMarked;
