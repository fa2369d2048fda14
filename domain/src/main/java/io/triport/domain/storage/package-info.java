/**
 * The Storage port: tenant data behind grants. Start reading at {@link io.triport.domain.storage.Storage}, the one door; what
 * it hands out are confined views of the stores that a {@link io.triport.domain.storage.StorageEngine} provides. Adapters
 * implement the ports here and know nothing of identity.
 */
@NullMarked
package io.triport.domain.storage;

import org.jspecify.annotations.NullMarked;
