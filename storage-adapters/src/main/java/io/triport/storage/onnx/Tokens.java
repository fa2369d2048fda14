package io.triport.storage.onnx;

import java.util.List;

/** One input of a model. @param firsts how many of the ids are those of the first text */
record Tokens(List<Integer> ids, int firsts) {
    Tokens {
        ids = List.copyOf(ids);
    }
}
