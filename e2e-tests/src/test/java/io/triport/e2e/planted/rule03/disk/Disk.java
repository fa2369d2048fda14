package io.triport.e2e.planted.rule03.disk;

import io.triport.identity.hmac.KeyId;

/** Planted: an adapter that knows who asks. */
public record Disk(KeyId asker) {}
