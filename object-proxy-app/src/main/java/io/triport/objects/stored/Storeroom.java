package io.triport.objects.stored;

import io.triport.objects.config.StoredSettings;

/** What is stored beside the configuration file, and how it is read. */
public record Storeroom(StoredSettings settings, StoredDocuments documents, StoredProvider provider, Readers readers) {}
