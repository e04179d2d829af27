"""What the page does, without the page: plain values in, plain values out, no Gradio."""
