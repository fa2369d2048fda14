/**
 * The ports beside KV over HTTP, each there where its name is on the configuration's list (storage contract, section 11). Requests
 * are signed as those of the KV protocol. Start reading at {@link io.triport.kv.remote.RemoteSettings}.
 */
@NullMarked
package io.triport.kv.remote;

import org.jspecify.annotations.NullMarked;
