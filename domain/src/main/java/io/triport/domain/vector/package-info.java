/**
 * The port of vector indexes: vectors with metadata, found by nearness under a filter. Start reading at {@link
 * io.triport.domain.vector.VectorIndex}, what callers see, and {@link io.triport.domain.vector.VectorIndexes}, what an adapter gives;
 * what each promises is the storage contract's section 8. Indexes know nothing of identity: {@link
 * io.triport.domain.storage.Storage} puts them behind grants.
 */
@NullMarked
package io.triport.domain.vector;

import org.jspecify.annotations.NullMarked;
