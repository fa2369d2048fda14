package io.triport.testkit;

/** What the models of an adapter may claim beside their tasks, or leave out. */
public enum InferenceCapability {
    /** A test says what the model behind the adapter answers. */
    SCRIPTED,
    /** Tools and their calls go through. */
    TOOLS
}
