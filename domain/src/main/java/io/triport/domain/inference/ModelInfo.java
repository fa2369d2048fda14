package io.triport.domain.inference;

/** What is known of a model. */
public record ModelInfo(ModelName name, Task task, ModelLimits limits, Price price) {}
