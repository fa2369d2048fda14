package io.triport.objects.config;

import io.triport.domain.access.AccessKeys;
import io.triport.domain.access.Roles;
import io.triport.objects.bucket.Buckets;

/** Who tells which buckets, keys and roles there are. Asked for every request, so it answers from memory. Safe for many threads. */
public interface Provider extends Buckets, AccessKeys, Roles {}
