/**
 * Models in this process, by ONNX Runtime: vectors of texts and the order of documents, from a directory that the operator fills. Start
 * reading at {@link io.triport.storage.onnx.OnnxModels}.
 */
@NullMarked
package io.triport.storage.onnx;

import org.jspecify.annotations.NullMarked;
