"""Every council in England: made-up figures in the shape of the marts, and what committees ask of them."""
