package io.triport.domain.durable;

import java.util.List;

/** A part of a listing. May be empty and still not be the last. */
public sealed interface ObjectListing {
    List<ObjectId> ids();

    /** Nothing follows. */
    record Last(List<ObjectId> ids) implements ObjectListing {
        public Last {
            ids = List.copyOf(ids);
        }
    }

    /** The listing goes on after the last one. */
    record More(List<ObjectId> ids, ObjectId last) implements ObjectListing {
        public More {
            ids = List.copyOf(ids);
        }
    }
}
