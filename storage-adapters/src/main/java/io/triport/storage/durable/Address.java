package io.triport.storage.durable;

import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectId;

/** One object of all classes. */
public record Address(ObjectClass type, ObjectId id) {}
