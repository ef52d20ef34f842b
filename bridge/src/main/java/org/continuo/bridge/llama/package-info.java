/**
 * llama.cpp beside our engine, on a model of the same shape: a second opinion of what this machine can do. Its libraries
 * are no part of Continuo; whoever wants the comparison downloads them. Start reading at
 * {@link org.continuo.bridge.llama.LlamaBenchmark}.
 */
package org.continuo.bridge.llama;
