package io.triport.manager.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.manager.answer.Fields;

/** How a value is written down, for us alone: what was written is read again. */
public interface Form<T> {
    T read(Fields fields);

    ObjectNode write(T value);
}
