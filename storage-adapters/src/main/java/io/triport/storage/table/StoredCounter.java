package io.triport.storage.table;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of table_counter. */
@MappedEntity("table_counter")
record StoredCounter(@Id String name, long value) {}
