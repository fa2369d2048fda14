package io.triport.storage.peer;

/** The code of an object has failed on the node that has it, whose log says where. */
final class FailedThere extends RuntimeException {
    private static final long serialVersionUID = 1;

    FailedThere(String what) {
        super("on the object's node: " + what);
    }
}
