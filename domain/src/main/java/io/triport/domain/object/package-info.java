/**
 * The port of objects: bytes of any length under a key, with metadata, in buckets. Start reading at {@link
 * io.triport.domain.object.ObjectStore}; what each call promises is the storage contract's section on objects. Stores know
 * nothing of identity: {@link io.triport.domain.storage.Storage} puts them behind grants.
 */
@NullMarked
package io.triport.domain.object;

import org.jspecify.annotations.NullMarked;
