/**
 * The storage test kit: settable time, seeded chance, grants that were honestly admitted, one abstract contract per port, and
 * in-memory fakes that pass them. Start reading at {@link io.triport.testkit.KeyValueStoreContract}; an adapter's test extends
 * it and gives a {@link io.triport.testkit.StorageFixture}.
 */
@NullMarked
package io.triport.testkit;

import org.jspecify.annotations.NullMarked;
