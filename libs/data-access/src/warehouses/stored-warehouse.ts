export interface WarehouseDetails {
  readonly code: string;
  readonly name: string;
  readonly address: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly country: string | null;
  readonly postalCode: string | null;
  readonly region: string | null;
  readonly isActive: boolean;
  readonly priority: number;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

export interface StoredWarehouse extends WarehouseDetails {
  readonly id: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
