/**
 * The port of durable objects: code with state, of which one instance at a time decides. Start reading at {@link
 * io.triport.domain.durable.DurableObjects}, what callers see, and {@link io.triport.domain.durable.DurableObject}, what runs;
 * what each promises is the storage contract's section 6. Objects know nothing of identity: {@link
 * io.triport.domain.storage.Storage} puts them behind grants.
 */
@NullMarked
package io.triport.domain.durable;

import org.jspecify.annotations.NullMarked;
