/**
 * What goes wrong in a store, for all ports alike. Start reading at {@link io.triport.domain.failure.StorageFailure}; its codes
 * are those of the storage contract, section 1.3.
 */
@NullMarked
package io.triport.domain.failure;

import org.jspecify.annotations.NullMarked;
