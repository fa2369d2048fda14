/**
 * The KV proxy: signed key-value storage over HTTP, by the wire protocol of ZinTrust's remote KV driver. Start reading at
 * {@link io.triport.kv.KvController}; how the app is told what it does is in {@code KvProxyConfig}.
 */
@NullMarked
package io.triport.kv;

import org.jspecify.annotations.NullMarked;
