/**
 * Buckets, credentials and roles that are kept in the database of the app and may be changed while it runs. Start reading at {@link
 * io.triport.objects.stored.StoredProvider} for reading, and at {@link io.triport.objects.stored.StoredDocuments} for changes.
 */
@NullMarked
package io.triport.objects.stored;

import org.jspecify.annotations.NullMarked;
